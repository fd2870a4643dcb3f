/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static io.github.camelemqx.platform.EmqxPlatformConstants.ID;
import static io.github.camelemqx.platform.EmqxPlatformConstants.NODE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelemqx.platform.test.Generation;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows that only generation 4 has, or the simulator only of generation 4, watched while they really change. */
@ParameterizedClass
@EnumSource(value = Generation.class, names = "V4")
class WatchRowsOfGeneration4Test extends WatchedRows {

    @Test
    void resources() throws Exception {
        watch("resources");
        Map<String, Object> config = Map.of("url", emqx.baseUrl());
        String id = row(
                        "resources?operation=create",
                        Map.of("type", "web_hook", "config", config, "description", "one"))
                .get("id")
                .toString();
        polls.poll();
        result("resources?operation=update&id=" + id, Map.of("config", config, "description", "two"));
        polls.poll();
        result("resources?operation=delete&id=" + id);
        polls.poll();
        assertTold("created " + id, "updated " + id, "deleted " + id);
        assertThat(events).allSatisfy(event -> assertThat(event.getHeader(ID)).isEqualTo(id));
    }

    @Test
    void whatTheBrokerHasNotLoadedIsNoEmptyListing() throws Exception {
        result("modules?operation=load&id=emqx_mod_topic_metrics");
        result("topic-metrics?operation=create&topic=t/1");
        watch("topic-metrics");
        result("modules?operation=unload&id=emqx_mod_topic_metrics");
        polls.poll();
        assertTold();
    }

    @Test
    void traces() throws Exception {
        result("modules?operation=load&id=emqx_mod_trace");
        watch("traces");
        row("traces?operation=create", Map.of("name", "tr1", "type", "clientid", "clientid", "c1"));
        polls.poll();
        result("traces?operation=stop&id=tr1");
        polls.poll();
        result("traces?operation=delete&id=tr1");
        polls.poll();
        assertTold("created tr1", "updated tr1", "deleted tr1");
        assertThat(events.get(0).getHeader(ID)).isEqualTo("tr1");
        assertThat(change(1).after()).containsEntry("status", "stopped");
    }

    @Test
    void pluginsOfEachNode() throws Exception {
        watch("plugins");
        result("plugins?operation=load&id=emqx_auth_http&node=" + generation.firstNode());
        polls.poll();
        String key = "emqx_auth_http|" + generation.firstNode();
        assertTold("updated " + key);
        assertThat(change(0).after()).containsEntry("active", true);
        assertThat(events.get(0).getHeader(ID)).isEqualTo("emqx_auth_http");
        String second = second();
        polls.poll();
        assertThat(told()).contains("created emqx_auth_http|" + second);
        int before = events.size();
        emqx.stopNode(second);
        polls.poll();
        polls.poll();
        assertThat(events).hasSize(before);
    }

    @Test
    void listenersOfEachNode() throws Exception {
        watch("listeners");
        String second = second();
        polls.poll();
        assertThat(told()).contains("created " + second + "|mqtt:tcp|127.0.0.1:11883");
        assertThat(events).allSatisfy(event -> assertThat(event.getHeader(NODE)).isEqualTo(second));
    }

    @Test
    void aUserOfAnotherKindIsLookedForWhereItWasListed() throws Exception {
        result("users?operation=create&param.identity=clientid", Map.of("user_id", "u1", "password", "p"));
        watch("users?param.identity=clientid");
        stubOnce("auth_clientid", emptyPage());
        polls.poll();
        assertTold();
        result("users?operation=delete&param.identity=clientid&username=u1");
        polls.poll();
        assertTold("deleted u1");
    }
}
