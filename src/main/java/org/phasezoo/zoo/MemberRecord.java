package org.phasezoo.zoo;

import java.util.ArrayList;
import java.util.List;
import org.phasezoo.study.Arrays;

/// What one member gave: how it ended and all that it recorded, in the order of recording.
///
/// @param outcome `finished`, `diverged` or `failed`; `running` in a checkpoint of an unfinished
///   member
/// @param reason why, unless finished; empty otherwise
/// @param updates updates done
public record MemberRecord(
        String outcome,
        String reason,
        long updates,
        List<Point> series,
        List<Scalar> scalars,
        List<Kept> checkpoints) {

    /// One point of a series.
    public record Point(String definition, long step, double value) {}

    /// A scalar observable; `seSample` NaN and `nSample` 0 where there is none.
    public record Scalar(String definition, double value, double seSample, long nSample) {}

    /// A checkpoint that is kept: `init`, `best`, `last` or an update number.
    public record Kept(String name, long update, Arrays weights) {}

    public MemberRecord {
        series = List.copyOf(series);
        scalars = List.copyOf(scalars);
        checkpoints = List.copyOf(checkpoints);
    }

    /// A member that could not be run.
    public static MemberRecord failed(String reason) {
        return new MemberRecord("failed", reason, 0, List.of(), List.of(), List.of());
    }

    /// The record as bytes: a function of its value alone.
    public byte[] encode() {
        Bytes out = new Bytes();
        encode(out);
        return out.toArray();
    }

    /// The record that `encode` made these bytes of.
    ///
    /// @throws IllegalArgumentException when it made no such bytes
    public static MemberRecord decode(byte[] bytes) {
        Bytes.Source in = new Bytes.Source(bytes);
        MemberRecord record = decode(in);
        in.end();
        return record;
    }

    void encode(Bytes out) {
        out.text(outcome).text(reason).number(updates);
        out.integer(series.size());
        for (Point p : series) {
            out.text(p.definition()).number(p.step()).real(p.value());
        }
        out.integer(scalars.size());
        for (Scalar s : scalars) {
            out.text(s.definition()).real(s.value()).real(s.seSample()).number(s.nSample());
        }
        out.integer(checkpoints.size());
        for (Kept k : checkpoints) {
            out.text(k.name()).number(k.update()).arrays(k.weights());
        }
    }

    static MemberRecord decode(Bytes.Source in) {
        String outcome = in.text();
        String reason = in.text();
        long updates = in.number();
        int points = in.count(20);
        List<Point> series = new ArrayList<>(points);
        for (int i = 0; i < points; i++) {
            series.add(new Point(in.text(), in.number(), in.real()));
        }
        int values = in.count(28);
        List<Scalar> scalars = new ArrayList<>(values);
        for (int i = 0; i < values; i++) {
            scalars.add(new Scalar(in.text(), in.real(), in.real(), in.number()));
        }
        int kept = in.count(16);
        List<Kept> checkpoints = new ArrayList<>(kept);
        for (int i = 0; i < kept; i++) {
            checkpoints.add(new Kept(in.text(), in.number(), in.arrays()));
        }
        return new MemberRecord(outcome, reason, updates, series, scalars, checkpoints);
    }
}
