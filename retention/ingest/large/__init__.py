"""Files larger than memory to orders: a part of them tells how they are written, an engine reads them all."""
