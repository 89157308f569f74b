package dev.mxcp.project;

import java.nio.file.Path;

/// A project as configured for one profile: everything but its endpoints. Immutable; a reload makes
/// a new one.
///
/// @param root absolute path of the folder with `mxcp-site.yml`
/// @param profile the effective profile (X2)
/// @param site the site file
/// @param user the user configuration, references of the effective profile resolved
/// @param settings what holds for the effective profile, all defaults and environment overrides
///   applied (S11)
public record Project(
        Path root, String profile, SiteConfig site, UserConfig user, ProfileSettings settings) {}
