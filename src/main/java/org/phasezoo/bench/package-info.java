/// Benchmarks, run by `phasezoo bench`: the engine's workloads under JMH, beside nothing that ships results. It may know
/// every room.
@NullMarked
package org.phasezoo.bench;

import org.jspecify.annotations.NullMarked;
