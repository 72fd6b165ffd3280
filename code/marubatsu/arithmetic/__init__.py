"""Arrays in, arrays out: what each layer computes, forward and backward, each fast routine beside its slow twin."""
