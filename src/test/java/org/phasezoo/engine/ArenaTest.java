package org.phasezoo.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ArenaTest {
    @Test
    void what_was_given_back_is_taken_again() {
        Arena arena = new Arena(true);
        int first = arena.take(64);
        int second = arena.take(64);
        arena.giveBack(first, 64);
        assertThat(arena.take(32)).isEqualTo(first);
        assertThat(arena.take(32)).isEqualTo(first + 32);
        assertThat(arena.take(16)).isEqualTo(second + 64);
    }

    @Test
    void more_than_places_can_name_is_refused() {
        Arena arena = new Arena(true);
        arena.take(1 << 29);
        assertThatThrownBy(() -> arena.take(1 << 29))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("smaller net or batch");
    }
}
