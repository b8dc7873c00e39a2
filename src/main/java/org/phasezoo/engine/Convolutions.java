package org.phasezoo.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Op;
import org.phasezoo.graph.Shape;
import org.phasezoo.kernel.FloatConvolutionWeights;
import org.phasezoo.kernel.Lanes;

/// Plans convolutions, their adjoints by the input and their weight gradients. Scratch is given
/// back at once: nothing else runs beside the step.
final class Convolutions {
    /// Of a first-level cache.
    private static final int SETS = 64;

    private static final int LINES = 8;

    private Convolutions() {}

    /// The border with which a node reads the images of its first input; null if it is no
    /// convolution.
    static @Nullable Padded image(Node node, Forced forced) {
        return switch (node.op()) {
            case Op.Convolve(int padding, _) -> padded(node, padding, padding, forced);
            case Op.ConvolveWeights(int padding, _, _, _) -> padded(node, padding, padding, forced);
            case Op.ConvolveInput(int padding, int stride, int height, int width) -> {
                Shape g = node.input(0).shape();
                Shape w = node.input(1).shape();
                yield padded(
                        node,
                        Border.width(Border.classes(height, w.size(2), padding, stride), g.size(2)),
                        Border.width(Border.classes(width, w.size(3), padding, stride), g.size(3)),
                        forced);
            }
            default -> null;
        };
    }

    private static Padded padded(Node node, int above, int beside, Forced forced) {
        Shape x = node.input(0).shape();
        boolean odd = forced.isOn(Choice.ODD_PLANES, above > 0 || beside > 0);
        return new Padded(x.size(1), x.size(2), x.size(3), above, beside, odd);
    }

    static Step forward(Node node, int stride, int y, Plan plan) {
        Padded image = Objects.requireNonNull(image(node, plan.forced()));
        Shape w = node.input(1).shape();
        plan.count((double) node.shape().elements() * w.elements() / w.size(0));
        return convolution(
                node,
                image,
                List.of(Windows.forward(image, w.size(0), w.size(2), w.size(3), stride)),
                y,
                plan);
    }

    static Step input(Node node, int padding, int stride, int y, Plan plan) {
        Padded image = Objects.requireNonNull(image(node, plan.forced()));
        Shape g = node.input(0).shape();
        Shape w = node.input(1).shape();
        int kh = w.size(2);
        int kw = w.size(3);
        int width = node.shape().size(3);
        plan.count((double) g.elements() * w.elements() / w.size(0));
        return convolution(
                node,
                image,
                Windows.adjoint(
                        image,
                        w.size(1),
                        width,
                        kh,
                        kw,
                        stride,
                        Border.classes(node.shape().size(2), kh, padding, stride),
                        Border.classes(width, kw, padding, stride)),
                y,
                plan);
    }

    private static Step convolution(
            Node node, Padded image, List<Windows> classes, int y, Plan plan) {
        Shape shape = node.shape();
        int weights = plan.layout().size(node.input(1).shape());
        int at = plan.take(weights);
        int[] column = new int[0];
        if (classes.size() == 1
                && plan.forced()
                        .isOn(
                                Choice.COLUMNS,
                                meetsInFewSets(classes.getFirst(), image, shape.size(1)))) {
            column = new int[classes.getFirst().taps().length];
            int place = plan.take(column.length * Lanes.LANES);
            Arrays.setAll(column, t -> place + t * Lanes.LANES);
            plan.giveBack(place, column.length * Lanes.LANES);
        }
        plan.giveBack(at, weights);
        return new Step.Convolve(
                shape.rows(),
                plan.images(node.input(0), image),
                plan.place(node.input(1)),
                shape.size(1),
                classes,
                shape.size(2) * shape.size(3) * Lanes.LANES,
                at,
                column,
                y);
    }

    /// Whether what a pixel meets would not stay in a first-level cache of 64 sets by 8 lines while
    /// `out` channels read it, since planes without a border stand a multiple of 512 bytes apart.
    private static boolean meetsInFewSets(Windows windows, Padded image, int out) {
        int apart = Integer.lowestOneBit(image.pitch() / Lanes.LANES | SETS);
        return out >= 32 && image.isBare() && windows.taps().length * apart > SETS * LINES / 2;
    }

    static Step weights(Node node, int stride, int kh, int kw, int y, Plan plan) {
        Padded image = Objects.requireNonNull(image(node, plan.forced()));
        Shape x = node.input(0).shape();
        Shape g = node.input(1).shape();
        int size = FloatConvolutionWeights.scratch(node.shape().elements());
        plan.count((double) g.elements() * x.size(1) * kh * kw);
        int scratch = plan.sums(size);
        Images images = plan.images(node.input(0), image);
        int pixels = g.size(2) * g.size(3);
        return new Step.ConvolveWeights(
                x.rows(),
                images,
                Windows.weights(image, kh, kw, stride, together(images, pixels, plan)),
                pixels,
                plan.place(node.input(1)),
                g.size(1),
                scratch,
                y);
    }

    /// How many tiles a weight gradient takes at a time: where it is forced to, all of a chunk.
    private static int together(Images images, int pixels, Plan plan) {
        int most = FloatConvolutionWeights.together(pixels);
        if (images.areTileByTile() || !plan.forced().isOn(Choice.TILES_TOGETHER, most > 1)) {
            return 1;
        }
        return most > 1 ? most : Lanes.CHUNK_TILES;
    }
}
