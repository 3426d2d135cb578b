import Foundation
import TestSupport
import Testing

extension ReadmeTests {
    @Test(
        "The jobs for others that are shown are what those take", .enabled(if: Tool.isAsked("kubernetes-validate")))
    func jobs() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "allocbisect-jobs-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let version = try #require(
            try await Program.run(["--version"], in: folder.path).output.split(separator: " ").first)
        var checked: [String: Int] = [:]
        for page in try pages() {
            for match in try text(of: page).matches(of: #/(?m)^```yaml\n((?:.*\n)+?)```$/#) {
                var block = String(match.output.1)
                let command: String
                if block.hasPrefix("apiVersion:") {
                    command = "kubernetes-validate --strict"
                } else if block.contains(#/(?m)^jobs:/#) {
                    // Part of a workflow may be shown without what starts it.
                    if !block.contains(#/(?m)^"?on"?:/#) { block = "on: push\n" + block }
                    command = "check-jsonschema --builtin-schema vendor.github-workflows"
                } else if block.contains(#/(?m)^ +script:/#) {
                    command = "check-jsonschema --builtin-schema vendor.gitlab-ci"
                } else {
                    continue
                }
                try Data(block.utf8).write(to: folder.appending(path: "job.yml"))
                let outcome = try await Program.shell(command + " job.yml", in: folder.path)
                #expect(outcome.status == 0, "\(page.lastPathComponent): \(outcome.output)\(outcome.errors)")
                checked[command, default: 0] += 1
            }
            let releases = #/releases/download/v([^/]+)/allocbisect_([0-9.]+)/#
            for release in try text(of: page).matches(of: releases) {
                #expect(release.output.1 == version && release.output.2 == version, "\(page.lastPathComponent)")
            }
        }
        #expect(checked.count == 3, "\(checked)")
    }
    @Test(
        "The alert rules tell what got worse since the day before, and nothing else",
        .enabled(if: Tool.isInstalled("promtool"), "promtool is not installed"))
    func alertRules() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "allocbisect-rules-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(block("groups:").utf8).write(to: folder.appending(path: "rules.yml"))
        let scenario = """
            rule_files: [rules.yml]
            evaluation_interval: 1h
            tests:
              - interval: 1h
                input_series:
                  - series: 'allocbisect_benchmark_value{package="m",benchmark="BenchmarkA",unit="allocs/op"}'
                    values: '8x30 12x30'
                  - series: 'allocbisect_benchmark_value{package="m",benchmark="BenchmarkB",unit="allocs/op"}'
                    values: '100x30 101x30'
                  - series: 'allocbisect_benchmark_value{package="m",benchmark="BenchmarkA",unit="B/op"}'
                    values: '8x30 120x30'
                  - series: 'allocbisect_benchmark_value{package="m",benchmark="BenchmarkB",unit="goroutines/op"}'
                    values: '1x30 2x30'
                alert_rule_test:
                  - {eval_time: 30h, alertname: BenchmarkAllocatesMore}
                  - {eval_time: 30h, alertname: BenchmarkLeaksMore}
                  - eval_time: 32h
                    alertname: BenchmarkAllocatesMore
                    exp_alerts:
                      - exp_labels: {package: m, benchmark: BenchmarkA, unit: allocs/op}
                        exp_annotations: {summary: 'm BenchmarkA: 4 allocs/op more than a day ago'}
                  - eval_time: 32h
                    alertname: BenchmarkLeaksMore
                    exp_alerts:
                      - exp_labels: {package: m, benchmark: BenchmarkB, unit: goroutines/op}
                        exp_annotations: {summary: 'm BenchmarkB: 1 goroutines/op more than a day ago'}
            """
        try Data(scenario.utf8).write(to: folder.appending(path: "scenario.yml"))
        let outcome = try await Program.shell("promtool test rules scenario.yml", in: folder.path)
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    }
}
