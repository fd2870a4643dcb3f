/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
/** Rows of a listing in few bytes each: a million of them are a normal size. Knows neither network nor time. */
package io.github.camelemqx.platform.watch.table;
