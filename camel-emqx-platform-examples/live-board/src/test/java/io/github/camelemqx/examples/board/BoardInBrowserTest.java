/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelemqx.platform.test.ClientOptions;
import io.github.camelemqx.platform.test.EmqxSimulator;
import io.github.camelemqx.platform.test.Generation;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** The page as a browser shows it. Left out where there is no Chromium: the build says so, and what to install. */
@Timeout(180)
class BoardInBrowserTest {

    private static final String HOSTILE = "<img src=x onerror=alert(1)>";
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path profile;

    private ChromeDriver browser;

    @BeforeEach
    void open() {
        String chromium = System.getProperty("chromium", "/usr/bin/chromium");
        String driver = System.getProperty("chromedriver", "/usr/bin/chromedriver");
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of(chromium)) && Files.isExecutable(Path.of(driver)),
                "No " + chromium + " or no " + driver + ": apt-get install chromium chromium-driver");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium);
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + profile.resolve("profile"));
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        // the path of the driver is given: nothing looks for one, or downloads it
        browser = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(new File(driver))
                        .usingAnyFreePort()
                        .build(),
                options);
    }

    @AfterEach
    void close() {
        if (browser != null) {
            browser.quit();
        }
    }

    private void show(LiveBoard board) {
        browser.get("http://127.0.0.1:" + board.port() + "/");
    }

    private static LiveBoard start(EmqxSimulator emqx, int port) {
        return LiveBoard.of(emqx, port)
                .set("clients.delay", "50")
                .set("metrics.delay", "200")
                .set("pulse.period", "200")
                .start();
    }

    /** The first column of the table. */
    private List<String> clients() {
        return texts("#clients td:first-child");
    }

    private List<String> texts(String selector) {
        return browser.executeScript(
                                "return [...document.querySelectorAll(arguments[0])].map(found => found.textContent)",
                                selector)
                        instanceof List<?> found
                ? found.stream().map(String::valueOf).toList()
                : List.of();
    }

    private Object lastSample() {
        return browser.executeScript("return samples.length ? samples[samples.length - 1].at : ''");
    }

    private String text(String id) {
        return browser.findElement(By.id(id)).getText();
    }

    private List<String> complaints() {
        return browser.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void theBoardFollowsTheDeployment(Generation generation) {
        try (EmqxSimulator emqx = EmqxSimulator.start(generation);
                LiveBoard board = start(emqx, 0)) {
            emqx.connect(ClientOptions.of("truck-1").username("fleet"));
            show(board);
            await().atMost(SOON).untilAsserted(() -> {
                assertThat(clients()).containsExactly("truck-1");
                assertThat(text("connected")).isEqualTo("1");
                assertThat(texts(".light")).containsExactly("Stream: live", "Clients: up", "Metrics: up");
            });

            emqx.connect(HOSTILE);
            emqx.count("messages.received", 5_000);
            await().atMost(SOON).untilAsserted(() -> {
                assertThat(clients()).containsExactly(HOSTILE, "truck-1");
                assertThat(texts("#events bdi")).startsWith(HOSTILE);
                assertThat(text("connects")).isNotIn("–", "0");
            });
            assertThat(browser.findElements(By.tagName("img"))).isEmpty();

            emqx.disconnect("truck-1");
            await().atMost(SOON).untilAsserted(() -> assertThat(clients()).containsExactly(HOSTILE));
            assertThat(texts("#events .kind")).startsWith("disconnected", "connected");
            // a dialog that the id had opened would have failed every call to the browser since
            assertThat(complaints()).isEmpty();
        }
    }

    @Test
    void aBoardThatStartsAgainIsFoundAgain() {
        try (EmqxSimulator emqx = EmqxSimulator.start(Generation.V5)) {
            emqx.connect("truck-1");
            int port;
            try (LiveBoard board = start(emqx, 0)) {
                port = board.port();
                show(board);
                await().atMost(SOON).untilAsserted(() -> assertThat(clients()).containsExactly("truck-1"));
                assertThat(browser.findElement(By.id("trouble")).isDisplayed()).isFalse();
            }
            await().atMost(SOON).untilAsserted(() -> {
                WebElement trouble = browser.findElement(By.id("trouble"));
                assertThat(trouble.isDisplayed()).isTrue();
                assertThat(trouble.getText()).startsWith("The stream is down");
            });
            emqx.connect("truck-2");
            try (LiveBoard board = start(emqx, port)) {
                await().atMost(SOON).untilAsserted(() -> {
                    assertThat(clients()).containsExactlyInAnyOrder("truck-1", "truck-2");
                    assertThat(browser.findElement(By.id("trouble")).isDisplayed())
                            .isFalse();
                });
                assertThat(board.viewers()).isEqualTo(1);
            }
            assertThat(complaints())
                    .allSatisfy(complaint -> assertThat(complaint).contains("Failed to load resource", "/events"));
        }
    }

    /** The picture of the README: {@code -Dboard.pictures=FOLDER} says where to put it. */
    @Test
    void itLooksLikeThis() throws Exception {
        Path folder = Path.of(System.getProperty("board.pictures", "target"));
        try (EmqxSimulator emqx = EmqxSimulator.start(Generation.V5);
                Devices devices = new Devices(emqx);
                LiveBoard board = start(emqx, 0)) {
            browser.manage().window().setSize(new Dimension(1120, 700));
            show(board);
            await().atMost(SOON).until(() -> clients().size() == 20);
            // a minute of the fleet's life, faster; the second node is lost in it
            for (int step = 1; step <= 28; step++) {
                Object before = lastSample();
                devices.step();
                await().atMost(SOON).until(() -> !lastSample().equals(before));
            }
            await().atMost(SOON).until(() -> !"0".equals(text("unreachable")));
            for (String look : List.of("light", "dark")) {
                browser.executeCdpCommand(
                        "Emulation.setEmulatedMedia",
                        Map.of(
                                "features",
                                List.of(
                                        Map.of("name", "prefers-color-scheme", "value", look),
                                        Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
                devices.step();
                await().atMost(SOON).until(() -> !"0".equals(text("received")));
                byte[] picture = browser.getScreenshotAs(OutputType.BYTES);
                Files.write(folder.resolve("live-board-" + look + ".png"), picture);
                assertThat(picture).hasSizeBetween(10_000, 150_000);
            }
            assertThat(complaints()).isEmpty();
        }
    }
}
