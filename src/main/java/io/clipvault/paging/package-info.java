/**
 * Paging of long lists: the opaque cursor and the link to the next page.
 */
@NullMarked
@ApplicationModule(allowedDependencies = "problems")
package io.clipvault.paging;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
