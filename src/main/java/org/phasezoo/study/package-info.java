/// Kinds of system. A study is a record of settings; it starts a state and advances it slice by
/// slice.
@NullMarked
package org.phasezoo.study;

import org.jspecify.annotations.NullMarked;
