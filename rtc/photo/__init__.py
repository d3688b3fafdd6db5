"""A photo in a visit: staff ask, the patient says yes or no. The picture itself goes the way of every attachment."""
