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

    private final Arena arena;
    private final SequencedMap<Key, Integer> readersLeft = new LinkedHashMap<>();
    private final Map<Key, Integer> places = new LinkedHashMap<>();
    private final Map<Padded, List<Integer>> free = new LinkedHashMap<>();

    Borders(Fusion fusion, Arena arena) {
        this.arena = arena;
        for (Node node : fusion.arrays()) {
            Padded image = Convolutions.image(node);
            if (image != null && !image.isBorderless()) {
                Key key = new Key(fusion.owner(node.input(0)).number(), image);
                readersLeft.merge(key, 1, Integer::sum);
            }
        }
    }

    /// The copies to make of an array whose elements stand at `x`.
    List<Bordered> of(Node array, Operand x) {
        List<Bordered> copies = new ArrayList<>();
        for (Key key : readersLeft.keySet()) {
            if (key.owner() == array.number() && !key.image().isLarge()) {
                int at = take(key.image(), Lanes.tiles(array.shape().size(0)));
                places.put(key, at);
                copies.add(new Bordered(x, key.image(), at));
            }
        }
        return copies;
    }

    private int take(Padded image, int tiles) {
        List<Integer> known = free(image);
        return known.isEmpty() ? arena.reserve(tiles * image.size()) : known.removeLast();
    }

    private List<Integer> free(Padded image) {
        return free.computeIfAbsent(image, _ -> new ArrayList<>());
    }

    /// How a convolution reads an array at `x`.
    Images read(Node array, int x, Padded image) {
        Integer copy = places.get(new Key(array.number(), image));
        if (copy != null) {
            return new Images(copy, image, copy);
        }
        if (image.isBorderless()) {
            return new Images(x, image, x);
        }
        int tile = take(image, 1);
        free(image).add(tile);
        return new Images(x, image, tile);
    }

    /// A reader less of an array with this border.
    void release(Node array, Padded image) {
        Key key = new Key(array.number(), image);
        Integer copy = places.get(key);
        if (copy != null && readersLeft.merge(key, -1, Integer::sum) == 0) {
            free(image).add(copy);
        }
    }
}
