/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import io.github.camelemqx.platform.exception.EmqxPlatformException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** One walk through a listing, by cursor where that is possible and by page number where not. For one thread. */
final class Listing {

    /** Whoever loses its place more often than that is in no state to be listed. */
    private static final int MOST_NEW_BEGINNINGS = 2;

    private final Supplier<? extends Pages> beginning;
    private final Pages fallback;
    private final Runnable fellBack;
    private final Retries retries;
    private Pages pages;
    private boolean doubtful;
    private int newBeginnings;

    /** A listing that can be walked in one way only. */
    Listing(PagesByNumber only, Retries retries) {
        this(() -> only, only, () -> {}, retries);
    }

    /**
     * A listing that the deployment may offer in a better way.
     *
     * @param beginning the better way, from the first page
     * @param fallback the way that is always there
     * @param fellBack called when the better way turned out not to be there, and the other to work
     * @param retries for pages that fail before any of their rows is used
     */
    Listing(Supplier<? extends Pages> beginning, PagesByNumber fallback, Runnable fellBack, Retries retries) {
        this.beginning = beginning;
        this.fallback = fallback;
        this.fellBack = fellBack;
        this.retries = retries;
        this.pages = beginning.get();
    }

    /**
     * Reads the next page, the first one at first.
     *
     * @return whether there are more
     */
    boolean next(RowReader rows) throws EmqxPlatformException {
        return read(rows).outcome() == Pages.Outcome.MORE;
    }

    /** Reads all pages, some of them again if need be. */
    Walk all(RowReader rows) throws EmqxPlatformException {
        Pages.Step page = read(rows);
        Long count = page.count();
        boolean sameCount = count != null;
        int pages = 1;
        while (page.outcome() == Pages.Outcome.MORE) {
            page = read(rows);
            sameCount &= Objects.equals(count, page.count());
            pages++;
        }
        return new Walk(page.status(), pages, pages == 1 || sameCount);
    }

    private Pages.Step read(RowReader rows) throws EmqxPlatformException {
        Pages.Step step = page(rows);
        return switch (step.outcome()) {
            case MORE, LAST -> {
                if (doubtful) {
                    // had this way failed too, it would have been the request, or a broker that is still starting
                    doubtful = false;
                    fellBack.run();
                }
                rows.pageEnds();
                yield step;
            }
            case NOT_OFFERED -> {
                pages = fallback;
                doubtful = true;
                yield read(rows);
            }
            case LOST -> {
                if (newBeginnings == MOST_NEW_BEGINNINGS || !rows.takeBackAll()) {
                    throw step.failure();
                }
                newBeginnings++;
                pages = beginning.get();
                yield read(rows);
            }
        };
    }

    private Pages.Step page(RowReader rows) throws EmqxPlatformException {
        if (retries.isNone()) {
            return pages.next(rows);
        }
        AtomicBoolean used = new AtomicBoolean();
        RowReader noting = parser -> {
            used.set(true);
            rows.row(parser);
        };
        return retries.of(() -> pages.next(noting), () -> !used.getAndSet(false) || rows.takeBackPage());
    }
}
