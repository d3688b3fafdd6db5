"""Home follow-up: patients who measure at home, by a plan of their own, in the same queue as everybody else."""
