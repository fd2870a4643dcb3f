/**
 * Failures of the API as exceptions that an error handler can act on: what went wrong decides the class, and each
 * carries the operation, the HTTP status, the result code and the broker's message.
 */
package io.github.camelemqx.platform.exception;
