"""Language models that word answers from numbered evidence; what they say passes the gate or is not shown."""
