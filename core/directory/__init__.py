"""Who and what there is: providers, units, people, staff. Read by gates and routing; filled by a region's file."""
