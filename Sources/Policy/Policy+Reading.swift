import Benchmarks

extension Policy {
    /// Reads a policy.
    ///
    /// - Parameters:
    ///   - yaml: The file's text.
    ///   - file: The file, as errors are to name it.
    /// - Throws: `PolicyError` with line and column for what is no YAML, for a key that is not known and for a value
    ///   that means nothing.
    public init(yaml: String, file: String = Policy.fileName) throws(PolicyError) {
        self.init()
        self.file = file
        guard let root = try PolicyNode(reading: yaml, file: file) else { return }
        let fields = try root.fields([
            "packages", "functions", "benchmarks", "metrics", "severity", "missing", "thresholds", "ignore", "accept",
        ])
        packages = try fields.texts("packages") ?? packages
        kinds = try fields.kinds("functions") ?? kinds
        pattern = try fields.value("benchmarks") { text in
            let pattern = try BenchPattern(text)
            _ = try SeriesFilter(benchmark: pattern.function)
            return pattern
        }
        metrics = try fields.texts("metrics")?.map(Metric.init) ?? metrics
        severity = try fields.severity("severity") ?? severity
        missing = try fields.severity("missing") ?? missing
        limits = try fields.entries("thresholds") { (node) throws(PolicyError) in try Limit(node) }
        ignores = try fields.entries("ignore") { (node) throws(PolicyError) in try Ignore(node) }
        acceptances = try fields.entries("accept") { (node) throws(PolicyError) in try Acceptance(node) }
    }
}

extension PolicyFields {
    fileprivate func kinds(_ key: String) throws(PolicyError) -> Set<FunctionKind>? {
        guard let node = values[key], try texts(key) != nil else { return nil }
        var kinds: Set<FunctionKind> = []
        for word in try node.list() {
            let text = try word.text()
            guard let kind = FunctionKind.allCases.first(where: { $0.noun + "s" == text }) else {
                throw word.error("'\(text)' is nothing that can be measured. Write benchmarks, tests or both.")
            }
            kinds.insert(kind)
        }
        return kinds
    }
}

extension Limit {
    fileprivate init(_ node: PolicyNode) throws(PolicyError) {
        let fields = try node.fields(["threshold", "severity"] + SeriesFilter.keys)
        filter = try SeriesFilter(fields)
        threshold = try fields.value("threshold", Threshold.init)
        severity = try fields.severity("severity")
        if threshold == nil && severity == nil {
            throw node.error("This entry sets nothing. Give it a threshold, a severity or both.")
        }
    }
}

extension Ignore {
    fileprivate init(_ node: PolicyNode) throws(PolicyError) {
        let fields = try node.fields(["reason", "until"] + SeriesFilter.keys)
        filter = try SeriesFilter(fields)
        reason = try fields.required("reason").text()
        let day = try fields.required("until")
        let text = try day.text()
        guard let until = Day(text) else { throw day.error("'\(text)' is no day. Write it as in 2026-12-31.") }
        self.until = until
        line = node.line
    }
}

extension Acceptance {
    fileprivate init(_ node: PolicyNode) throws(PolicyError) {
        let fields = try node.fields(["commit", "reason"] + SeriesFilter.keys)
        filter = try SeriesFilter(fields)
        reason = try fields.required("reason").text()
        let id = try fields.required("commit")
        commit = try id.text()
        line = node.line
        _ = try fields.required("benchmark")
        // A branch would accept whatever comes next on it.
        guard (7...40).contains(commit.utf8.count), commit.allSatisfy(\.isHexDigit) else {
            throw id.error("'\(commit)' is no commit's id. Write at least seven digits of it.")
        }
    }
}

extension SeriesFilter {
    fileprivate static let keys = ["package", "benchmark", "metric"]

    fileprivate init(_ fields: PolicyFields) throws(PolicyError) {
        let package = try fields["package"]?.text()
        if let package, package != ".", !package.hasPrefix("./") {
            throw try fields.required("package").error(
                "'\(package)' is not a folder of the repository. Write ./book, or ./book/... with all below it.")
        }
        let metric = try fields.value("metric", Metric.init)
        self =
            try fields.value("benchmark") { try SeriesFilter(package: package, benchmark: $0, metric: metric) }
            ?? SeriesFilter(package: package, metric: metric)
    }
}
