"""What Fyr is measured with: each folder holds one benchmark that prints its figures and how it got them."""
