package io.clipvault.links;

import java.util.List;

/** Links to many objects, in the order of the keys. */
record ShareLinks(List<ShareLink> links) {
}
