/// The intermediate representation: ops, nodes, shapes, adjoints, tangents. Knows only `document`.
@NullMarked
package org.phasezoo.graph;

import org.jspecify.annotations.NullMarked;
