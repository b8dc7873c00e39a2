package org.phasezoo.study;

import java.util.List;
import org.phasezoo.document.Binder;
import org.phasezoo.metric.Cka;
import org.phasezoo.metric.Distance;
import org.phasezoo.metric.Evaluation;
import org.phasezoo.metric.HessianSpectrum;
import org.phasezoo.metric.Metric;
import org.phasezoo.metric.ModeConnectivity;
import org.phasezoo.study.dynamics.AdjointGradient;
import org.phasezoo.study.dynamics.ModularArithmetic;
import org.phasezoo.study.dynamics.QuadraticRegression;
import org.phasezoo.study.dynamics.TeacherStudent;
import org.phasezoo.study.dynamics.TwoLayerExpansion;
import org.phasezoo.study.field.MeanFlow;
import org.phasezoo.study.field.ResidualPath;
import org.phasezoo.study.gaussian.BatchNormChain;
import org.phasezoo.study.gaussian.ComputeFrontier;
import org.phasezoo.study.gaussian.NtkCircle;
import org.phasezoo.study.gaussian.NtkSpectrum;
import org.phasezoo.study.gaussian.PowerLawSgd;
import org.phasezoo.study.gaussian.SingleHiddenLayer;
import org.phasezoo.study.gaussian.SingleHiddenLayerTheory;
import org.phasezoo.study.graphs.Aggregation;
import org.phasezoo.study.particle.MinimaxParticles;
import org.phasezoo.study.particle.SymmetricFlow;
import org.phasezoo.study.particle.TwoLayerGibbs;
import org.phasezoo.study.particle.TwoLayerLangevin;
import org.phasezoo.study.particle.TwoScaleFlow;
import org.phasezoo.study.sequence.NormPlacement;
import org.phasezoo.study.sequence.SequenceReversal;
import org.phasezoo.study.spin.DenseHebb;
import org.phasezoo.study.spin.DenseHebbTheory;
import org.phasezoo.study.spin.ModernHopfield;
import org.phasezoo.study.spin.OuterProductMemory;
import org.phasezoo.study.weightspace.PermutationCounterexample;
import org.phasezoo.study.weightspace.PermutedPair;

/// The one list of every kind of study, of objective of a stream and of metric. A kind's JSON name
/// is the kebab-case name of its class.
public final class Kinds {
    private static final List<Class<? extends Study<?>>> STUDIES =
            List.of(
                    Training.class,
                    StreamTraining.class,
                    StabilityLimits.class,
                    DenseHebb.class,
                    DenseHebbTheory.class,
                    SingleHiddenLayer.class,
                    SingleHiddenLayerTheory.class,
                    BatchNormChain.class,
                    NtkCircle.class,
                    NtkSpectrum.class,
                    ComputeFrontier.class,
                    PowerLawSgd.class,
                    MinimaxParticles.class,
                    ModernHopfield.class,
                    SymmetricFlow.class,
                    TwoLayerGibbs.class,
                    TwoLayerLangevin.class,
                    TwoScaleFlow.class,
                    NormPlacement.class,
                    OuterProductMemory.class,
                    AdjointGradient.class,
                    PermutedPair.class,
                    PermutationCounterexample.class);
    private static final List<Class<? extends StreamObjective>> OBJECTIVES =
            List.of(
                    Aggregation.class,
                    MeanFlow.class,
                    ModularArithmetic.class,
                    QuadraticRegression.class,
                    ResidualPath.class,
                    SequenceReversal.class,
                    TeacherStudent.class,
                    TwoLayerExpansion.class);
    private static final List<Class<? extends Metric>> METRICS =
            List.of(
                    Evaluation.class,
                    HessianSpectrum.class,
                    ModeConnectivity.class,
                    Cka.class,
                    Distance.class);

    private Kinds() {}

    /// Binds them all.
    public static Binder binder() {
        return Binder.plain()
                .with(Study.class, STUDIES)
                .with(StreamObjective.class, OBJECTIVES)
                .with(Metric.class, METRICS);
    }
}
