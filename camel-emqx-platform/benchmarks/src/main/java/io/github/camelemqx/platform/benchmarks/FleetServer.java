/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lists a fleet over HTTP from a process of its own, whose work then is none of the measured process: what it sends is
 * there already. It knows the calls that a watch of clients makes while nobody is missing, and one that lets clients
 * connect again.
 */
public final class FleetServer {

    /** The call that lets clients connect again, before their number. */
    static final String RECONNECT = "/reconnect?count=";

    private static final Pattern REQUEST = Pattern.compile("(GET|POST) (\\S+) HTTP/1\\.1");

    private final Fleet fleet;
    private final Pattern clients;

    private FleetServer(Fleet fleet) {
        this.fleet = fleet;
        this.clients = Pattern.compile(Pattern.quote(fleet.format().api()) + "(?:/nodes/[^/?]+)?/clients\\?(.*)");
    }

    /**
     * Serves until whoever started it is gone; writes its port as a line.
     *
     * @param args the format of rows, how many clients, and how many of them a page has
     */
    public static void main(String[] args) throws IOException {
        Fleet fleet = new Fleet(RowFormat.valueOf(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
        ServerProcess.serve(new FleetServer(fleet)::answer);
    }

    private void answer(InputStream requests, OutputStream out) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(requests, StandardCharsets.ISO_8859_1));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            Matcher request = REQUEST.matcher(line);
            if (!request.matches()) {
                throw new IOException("Not a request: " + line);
            }
            while (!in.readLine().isEmpty()) {
                // no header matters: there are no bodies
            }
            byte[] body = body(request.group(2));
            String head = (body == null ? "HTTP/1.1 404 Not Found" : "HTTP/1.1 200 OK")
                    + "\r\ncontent-type: application/json\r\ncontent-length: "
                    + (body == null ? 0 : body.length) + "\r\n\r\n";
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            if (body != null) {
                out.write(body);
            }
            out.flush();
        }
    }

    /** The answer; null for what is not there. */
    private byte[] body(String target) {
        Matcher listing = clients.matcher(target);
        if (listing.matches()) {
            RowFormat format = fleet.format();
            boolean asRendered = number(listing.group(1), format.limit()) == fleet.pageSize();
            return asRendered ? fleet.page(number(listing.group(1), format.page())) : null;
        }
        if (target.equals(fleet.format().api() + "/nodes")) {
            return fleet.format().nodes().getBytes(StandardCharsets.US_ASCII);
        }
        if (target.startsWith(RECONNECT)) {
            fleet.reconnect(Integer.parseInt(target.substring(RECONNECT.length())));
            return "{}".getBytes(StandardCharsets.US_ASCII);
        }
        return null;
    }

    private static int number(String query, String parameter) {
        Matcher value =
                Pattern.compile("(?:^|&)" + parameter + "=(\\d+)(?:&|$)").matcher(query);
        return value.find() ? Integer.parseInt(value.group(1)) : 0;
    }
}
