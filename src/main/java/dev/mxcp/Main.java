package dev.mxcp;

import dev.mxcp.cli.Mxcp;
import dev.mxcp.cli.Surroundings;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// The program. Takes the real standard output aside before anything else: only a command's answer
/// or the protocol is written there, and whatever else prints goes to standard error.
public final class Main {
    private Main() {}

    /// Runs one command and ends the process with its exit code (cli C0.5).
    public static void main(String[] args) {
        var stdout = new FileOutputStream(FileDescriptor.out);
        var stderr =
                new PrintStream(
                        new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        System.setErr(stderr);
        System.setOut(stderr);
        var here = Surroundings.ofProcess(new FileInputStream(FileDescriptor.in), stdout, stderr);
        System.exit(new Mxcp(here).run(args));
    }
}
