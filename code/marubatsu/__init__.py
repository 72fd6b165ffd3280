"""marubatsu (○×): the layers of a convolutional neural network, in numpy, short enough to read in one sitting."""
