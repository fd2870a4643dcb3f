/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
/** The page of results: Markdown and plots, made of nothing but the files of results. */
package io.github.camelemqx.platform.benchmarks.page;
