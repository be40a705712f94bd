// A precompiled header needs a source file of its target to be built with.
