import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Writes the double twin of every source whose name begins with `Float`: the same text with the
/// types, species and class names of double precision. Run by the build; the twins are never edited.
///
/// A source that has a double version of its own beside it is left alone; `/* single */ float` stays `float`.
final class Twins {
    public static void main(String[] args) throws IOException {
        Path source = Path.of(args[0]);
        Path target = Path.of(args[1]);
        List<Path> files;
        try (Stream<Path> walk = Files.walk(source)) {
            files = walk.filter(p -> p.getFileName().toString().startsWith("Float")).sorted().toList();
        }
        for (Path file : files) {
            String name = file.getFileName().toString().replaceFirst("Float", "Double");
            if (Files.exists(file.resolveSibling(name))) {
                continue;
            }
            Path out = target.resolve(source.relativize(file)).resolveSibling(name);
            String text = twin(Files.readString(file));
            if (!Files.exists(out) || !Files.readString(out).equals(text)) {
                Files.createDirectories(out.getParent());
                Files.writeString(out, text);
            }
        }
    }

    static String twin(String text) {
        return text.replaceAll("/\\* single \\*/ float", "SINGLE")
                .replaceAll("\\bFloat(?=[A-Z])", "Double")
                .replaceAll("\\bFloat\\b", "Double")
                .replaceAll("\\bfloat\\b", "double")
                .replaceAll("\\bSINGLE\\b", "float");
    }
}
