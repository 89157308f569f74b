package dev.mxcp.engine.python;

/// Tells a person what happens while packages are installed, which may take minutes. Called by one
/// thread at a time.
public interface InstallProgress {
    /// Tells nobody.
    InstallProgress SILENT =
            new InstallProgress() {
                @Override
                public void step(String what) {}

                @Override
                public void detail(String line) {}

                @Override
                public void done() {}
            };

    /// Something begins that takes its time: `Installing 3 packages into .mxcp/venv ...`.
    void step(String what);

    /// A line of the program at work.
    void detail(String line);

    /// It has ended, well or not.
    void done();
}
