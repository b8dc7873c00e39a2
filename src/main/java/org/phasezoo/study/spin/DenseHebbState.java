package org.phasezoo.study.spin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.phasezoo.study.Arrays;
import org.phasezoo.study.State;
import org.phasezoo.study.Tensor;

/// What a retrieval has found so far. The memory is drawn again from its keys and not saved.
public final class DenseHebbState implements State {
    private final DenseHebbMemory memory;
    private final double[] settled;
    private final double[] settledExample;
    private final double[] oneStep;
    private final double[] energy;
    private final double[] trace;
    private int next;

    DenseHebbState(DenseHebbMemory memory, int starts, int sweeps) {
        this.memory = memory;
        this.settled = new double[starts];
        this.settledExample = new double[starts];
        this.oneStep = new double[starts];
        this.energy = new double[starts];
        this.trace = new double[sweeps + 1];
    }

    DenseHebbState(DenseHebbMemory memory, int starts, int sweeps, Arrays saved) {
        this(memory, starts, sweeps);
        copy(saved, "settled", settled);
        copy(saved, "settledExample", settledExample);
        copy(saved, "oneStep", oneStep);
        copy(saved, "energy", energy);
        copy(saved, "trace", trace);
        if (!(saved.get("next") instanceof Tensor.Int32(_, int[] value)) || value.length != 1) {
            throw new IllegalArgumentException("array \"next\" is not one int32");
        }
        this.next = value[0];
    }

    private static void copy(Arrays saved, String name, double[] into) {
        if (!(saved.get(name) instanceof Tensor.Float64(_, double[] values))
                || values.length != into.length) {
            throw new IllegalArgumentException(
                    "array \"" + name + "\" is not " + into.length + " float64");
        }
        System.arraycopy(values, 0, into, 0, into.length);
    }

    @Override
    public Arrays save() {
        SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("next", new Tensor.Int32(List.of(1), new int[] {next}));
        tensors.put("settled", tensor(settled));
        tensors.put("settledExample", tensor(settledExample));
        tensors.put("oneStep", tensor(oneStep));
        tensors.put("energy", tensor(energy));
        tensors.put("trace", tensor(trace));
        return new Arrays(tensors);
    }

    private static Tensor tensor(double[] values) {
        return new Tensor.Float64(List.of(values.length), values.clone());
    }

    DenseHebbMemory memory() {
        return memory;
    }

    /// The start that comes next.
    int next() {
        return next;
    }

    void done(Retrieval.Result result) {
        settled[next] = result.settled();
        settledExample[next] = result.settledExample();
        oneStep[next] = result.oneStep();
        energy[next] = result.energy();
        for (int i = 0; i < trace.length; i++) {
            trace[i] += result.trace()[i];
        }
        next++;
    }

    double[] settled() {
        return settled.clone();
    }

    double[] settledExample() {
        return settledExample.clone();
    }

    double[] oneStep() {
        return oneStep.clone();
    }

    double[] energy() {
        return energy.clone();
    }

    double[] trace() {
        return trace.clone();
    }
}
