package org.phasezoo.zoo;

import org.phasezoo.study.Arrays;

/// A checkpoint inside a member that is not finished: the study's state and what it has recorded.
public record Unfinished(Arrays state, MemberRecord soFar) {
    /// The checkpoint as bytes: a function of its value alone.
    public byte[] encode() {
        Bytes out = new Bytes().arrays(state);
        soFar.encode(out);
        return out.toArray();
    }

    /// The checkpoint that `encode` made these bytes of.
    ///
    /// @throws IllegalArgumentException when it made no such bytes
    public static Unfinished decode(byte[] bytes) {
        Bytes.Source in = new Bytes.Source(bytes);
        Unfinished unfinished = new Unfinished(in.arrays(), MemberRecord.decode(in));
        in.end();
        return unfinished;
    }
}
