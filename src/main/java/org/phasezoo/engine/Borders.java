package org.phasezoo.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.phasezoo.graph.Node;
import org.phasezoo.kernel.Lanes;

/// Which images convolutions read with a border, and where those copies stand. All convolutions
/// that read an image with the same border share one copy, made when the image is; only large
/// images are copied by each convolution, tile by tile. Copies of one geometry may follow each
/// other in one place.
final class Borders {
    private record Key(int owner, Padded image) {}

    /// What fits into one place: as many tiles of one geometry.
    private record Room(Padded image, int tiles) {}

    private final Arena arena;
    private final Forced forced;
    private final int tiles;
    private final SequencedMap<Key, Integer> readersLeft = new LinkedHashMap<>();
    private final Map<Key, Integer> places = new LinkedHashMap<>();
    private final Map<Room, List<Integer>> free = new LinkedHashMap<>();

    /// `tiles`: how many an array has at most.
    Borders(Fusion fusion, Arena arena, int tiles, Forced forced) {
        this.tiles = tiles;
        this.arena = arena;
        this.forced = forced;
        for (Node node : fusion.arrays()) {
            Padded image = Convolutions.image(node, forced);
            if (image != null && !image.isBare()) {
                Key key = new Key(fusion.owner(node.input(0)).number(), image);
                readersLeft.merge(key, 1, Integer::sum);
            }
        }
    }

    /// The copies to make of an array whose elements stand at `x`.
    List<Bordered> of(Node array, Operand x) {
        List<Bordered> copies = new ArrayList<>();
        for (Key key : readersLeft.keySet()) {
            if (key.owner() == array.number()
                    && forced.isOn(Choice.SHARED_BORDERS, !key.image().isLarge())) {
                int at = take(room(array, key.image()));
                places.put(key, at);
                copies.add(new Bordered(x, key.image(), at));
            }
        }
        return copies;
    }

    private Room room(Node array, Padded image) {
        return new Room(image, Math.min(tiles, Lanes.tiles(array.shape().size(0))));
    }

    private int take(Room room) {
        List<Integer> known = free(room);
        return known.isEmpty()
                ? arena.reserve(room.tiles() * room.image().size())
                : known.removeLast();
    }

    private void giveBack(Room room, int at) {
        if (forced.isOn(Choice.REUSE, true)) {
            free(room).add(at);
        }
    }

    private List<Integer> free(Room room) {
        return free.computeIfAbsent(room, _ -> new ArrayList<>());
    }

    /// How a convolution reads an array at `x`.
    Images read(Node array, int x, Padded image) {
        Integer copy = places.get(new Key(array.number(), image));
        if (copy != null) {
            return new Images(copy, image, copy);
        }
        if (image.isBare()) {
            return new Images(x, image, x);
        }
        Room one = new Room(image, 1);
        int tile = take(one);
        giveBack(one, tile);
        return new Images(x, image, tile);
    }

    /// A reader less of an array with this border.
    void release(Node array, Padded image) {
        Key key = new Key(array.number(), image);
        Integer copy = places.get(key);
        if (copy != null && readersLeft.merge(key, -1, Integer::sum) == 0) {
            giveBack(room(array, image), copy);
        }
    }
}
