/**
 * How a call is made: the way from an operation of the catalogue and its arguments over camel-http to a result in the
 * one vocabulary, or to an exception. Both generations, paging, and the bounds of every call are at home here.
 */
package io.github.camelemqx.platform.client;
