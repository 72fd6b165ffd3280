"""A reader's own pictures: DICOM, PNG and JPEG files, read in the browser and never sent."""
