/// Places where secrets are kept outside the configuration: Vault and 1Password. Knows how each is
/// asked for one field; must not know where in a configuration a reference stands. No value it
/// reads is ever logged or part of a message.
@NullMarked
package dev.mxcp.project.secrets;

import org.jspecify.annotations.NullMarked;
