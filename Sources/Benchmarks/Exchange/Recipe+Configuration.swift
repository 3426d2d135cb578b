extension Recipe {
    /// Reads what `text` wrote; nil when it is not a recipe's text.
    public init?(text: String) {
        var configuration: [String: String] = [:]
        var environment: [String] = []
        for line in text.unicodeScalars.split(separator: "\n") {
            if line.starts(with: "env ".unicodeScalars) {
                environment.append(String(unescaping: line.dropFirst(4)))
                continue
            }
            guard let line = ConfigurationLine(String(unescaping: line)) else { return nil }
            configuration[line.key == "cpu" ? "gomaxprocs" : line.key] = line.value
        }
        configuration["env"] = environment.joined(separator: " ")
        self.init(configuration: configuration)
        guard self.text == text else { return nil }
    }

    /// The fields as configuration of the Go benchmark format: always the same keys, with an empty value for none.
    ///
    /// GOMAXPROCS has a key of its own, since `cpu` is the processor's name there.
    var configuration: [(key: String, value: String)] {
        let variables = environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        return [
            ("go", goVersion), ("platform", platform), ("probe", "\(probe)"), ("gomaxprocs", "\(cpu)"),
            ("benchtime", iterations.map { "\($0)x" } ?? "chosen"), ("tags", tags), ("gcflags", gcflags),
            ("pinned-tests", pinnedTests ?? ""), ("env", variables.joined(separator: " ")),
        ]
    }

    /// Reads what `configuration` wrote; nil when a field is missing or makes no sense.
    init?(configuration: [String: String]) {
        guard let go = configuration["go"], !go.isEmpty, let platform = configuration["platform"], !platform.isEmpty,
            let probe = configuration["probe"].flatMap({ Int($0) }), probe >= 0,
            let cpu = configuration["gomaxprocs"].flatMap({ Int($0) }), cpu > 0,
            let benchtime = configuration["benchtime"]
        else { return nil }
        let iterations = benchtime.hasSuffix("x") ? Int(benchtime.dropLast()) : nil
        guard iterations.map({ $0 > 0 }) ?? (benchtime == "chosen") else { return nil }
        let pinned = configuration["pinned-tests"] ?? ""
        self.init(
            iterations: iterations, cpu: cpu, tags: configuration["tags"] ?? "",
            gcflags: configuration["gcflags"] ?? "", goVersion: go, platform: platform,
            pinnedTests: pinned.isEmpty ? nil : pinned, probe: probe)
        var name = ""
        for word in (configuration["env"] ?? "").split(separator: " ", omittingEmptySubsequences: false) {
            name += (name.isEmpty ? "" : " ") + word
            // A name may have spaces, such as that of an option; a value has none.
            guard let sign = word.lastIndex(of: "=") else { continue }
            // The values are fingerprints already.
            environment[String(name.dropLast(word.distance(from: sign, to: word.endIndex)))] = String(
                word[word.index(after: sign)...])
            name = ""
        }
        guard name.isEmpty else { return nil }
    }
}
