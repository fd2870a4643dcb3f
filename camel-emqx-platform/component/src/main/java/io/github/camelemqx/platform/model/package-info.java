/**
 * The rows of the API and the events of a watch as records. Camel's type converters make them from the Maps that the
 * component puts into bodies, wherever a route or a bean asks for one.
 */
package io.github.camelemqx.platform.model;
