import Foundation

/// What a real benchmark took, run after run on one machine: each line of `recorded.txt` has the benchmark, what else the
/// machine did, and the times in units of their median.
///
/// The benchmarks are those of github.com/julienschmidt/httprouter and github.com/BurntSushi/toml, run 240 times for some
/// 30 ms each on two virtual processors, of which others had their share: standard deviations of 20 to 30 %, and serial
/// correlations of 0.5 to 0.9.
struct RecordedNoise: CustomStringConvertible, Sendable {
    let description: String
    private let values: [Double]
    /// Where in the record a search begins.
    private var offset = 0

    /// All that is recorded.
    static let all: [RecordedNoise] = {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "recorded.txt")
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").map { line in
            let words = line.split(separator: " ")
            return RecordedNoise(
                description: "\(words[0]), \(words[1])", values: words.dropFirst(2).compactMap { Double($0) })
        }
    }()

    /// The same record from another run on. What was recorded together stays together, so that drift is as it was.
    func beginning<Generator: RandomNumberGenerator>(using generator: inout Generator) -> RecordedNoise {
        var noise = self
        noise.offset = Int.random(in: 0..<values.count, using: &generator)
        return noise
    }

    /// A run's value.
    subscript(run: Int) -> Double { values[(offset + run) % values.count] }
}
