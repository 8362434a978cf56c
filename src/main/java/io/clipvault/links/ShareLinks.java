package io.clipvault.links;

import java.util.List;

/** Links in the order of the requested keys. */
record ShareLinks(List<ShareLink> links) {
}
