"""The command line: reads files and options, calls the library and prints results; a module a command.

Exit codes: 0 done; 2 the command was not understood; 3 something in a file is wrong (all of it is listed); 4 this machine
lacks something (``advisor doctor`` says what mends it).
"""
