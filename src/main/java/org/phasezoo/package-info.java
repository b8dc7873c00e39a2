/// The rim: the command line, one class a command, and everything that touches threads, the clock
/// and the file tree of a run.
@NullMarked
package org.phasezoo;

import org.jspecify.annotations.NullMarked;
