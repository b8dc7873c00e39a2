package org.phasezoo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.phasezoo.engine.KernelHashes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `phasezoo doctor`: the machine, and whether its kernels give the bits that they must.
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description =
                "The machine and the JVM, and a hash of each kernel family, computed here and now.",
        footer = {"", "Examples:", "  phasezoo doctor", "  phasezoo doctor --json"})
final class DoctorCommand implements Callable<Integer> {
    private final Console console;

    @Mixin private Options options = new Options();

    DoctorCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        Path home = options.place().home();
        Path there = home;
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        ObjectNode root = JsonNodeFactory.instance.objectNode().put("schema", "phasezoo.doctor.v1");
        root.put("jdk", Machine.jdk()).put("cpu", Machine.cpu());
        root.put("processors", Runtime.getRuntime().availableProcessors());
        root.put("hardwareFma", SelfCheck.hardwareFma());
        root.put("heapBytes", Runtime.getRuntime().maxMemory());
        root.put("home", home.toString());
        root.put("diskFreeBytes", Files.getFileStore(there).getUsableSpace());
        ObjectNode kernels = root.putObject("kernels");
        SequencedMap<String, String> hashes = KernelHashes.all();
        hashes.forEach(kernels::put);
        List<String> differing = SelfCheck.differing(hashes);
        differing.forEach(root.putArray("differing")::add);
        if (options.json) {
            console.json(root);
        } else {
            root.properties()
                    .forEach(entry -> {
                        if (entry.getValue().isObject()) {
                            entry.getValue()
                                    .properties()
                                    .forEach(kernel ->
                                            console.line(
                                                    "kernel "
                                                            + kernel.getKey()
                                                            + ": "
                                                            + kernel.getValue().asText()
                                                            + (differing.contains(kernel.getKey())
                                                                    ? " differs from the pinned hash"
                                                                    : " ok")));
                        } else if (!entry.getValue().isArray()
                                && !entry.getKey().equals("schema")) {
                            console.line(entry.getKey() + ": " + entry.getValue().asText());
                        }
                    });
        }
        return differing.isEmpty() ? Exit.OK : Exit.MISMATCH;
    }
}
