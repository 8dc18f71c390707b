"""The command line: reads files and options, calls the library, prints what it says. It holds no judgement of its own.

Exit codes: 0 done; 2 the command was not understood; 3 something in a file is wrong (all of it is listed); 4 this machine
lacks something (``advisor doctor`` says what mends it).
"""
