/**
 * What can be called: resources, operations, parameters, rows and result codes of the EMQX APIs, as data.
 *
 * <p>The data lie as JSON and tables under {@code src/main/resources}, next to this package. Nothing here knows how a
 * call is made.
 */
package io.github.camelemqx.platform.catalog;
