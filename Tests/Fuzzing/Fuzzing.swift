import Foundation

/// Feeds damaged inputs to everything that reads what came from elsewhere. Whatever they hold, reading ends in time with
/// a value or an error, and what was read holds what its readers rely on.
///
///     fuzz [--seconds 60] [--seed 1] [--corpus Tests/Fuzzing/Corpus] [TARGET…]     all targets, or those that are named
///     fuzz --list                                                                the names of the targets
///     fuzz --input FILE TARGET                                                    one input again
///
/// A seed always gives the same inputs in the same order. The input that ended the program is `fuzz-TARGET.input` in the
/// temporary folder; put it into the corpus when the reader is mended.
@main struct Fuzzing {
    private var seconds = 60
    private var seed = 1
    private var corpus = "Tests/Fuzzing/Corpus"
    private var input: String?
    private var targets: [FuzzTarget] = []

    static func main() throws {
        if CommandLine.arguments.contains("--list") { return print(FuzzTarget.all.map(\.name).joined(separator: "\n")) }
        let fuzzing = try Fuzzing(CommandLine.arguments.dropFirst())
        for target in fuzzing.targets { try fuzzing.run(target) }
    }

    private init(_ arguments: some Sequence<String>) throws {
        var words = arguments.makeIterator()
        while let word = words.next() {
            switch word {
            case "--seconds": seconds = words.next().flatMap { Int($0) } ?? seconds
            case "--seed": seed = words.next().flatMap { Int($0) } ?? seed
            case "--corpus": corpus = words.next() ?? corpus
            case "--input": input = words.next()
            default:
                guard let target = FuzzTarget.all.first(where: { $0.name == word }) else {
                    throw Broken("There is no target “\(word)”. See: fuzz --list")
                }
                targets.append(target)
            }
        }
        if targets.isEmpty { targets = FuzzTarget.all }
    }

    private func run(_ target: FuzzTarget) throws {
        if let input { return try target.read([UInt8](Data(contentsOf: URL(filePath: input)))) }
        let mutator = try Mutator(seeds: target.seeds(in: corpus), words: target.words)
        let last = try LastInput(named: "fuzz-\(target.name).input")
        let end = ContinuousClock.now + .seconds(seconds)
        var number = 0
        repeat {
            let bytes = mutator.input(number, seed: seed)
            last.note(bytes)
            // Ends the program if the input takes that long, not counting what others take of the machine.
            limitTime(to: 20)
            do { try target.read(bytes) } catch let broken as Broken {
                throw Broken(
                    "\(target.name): \(broken.description), input \(number) of seed \(seed), kept in \(last.path)")
            } catch {}
            number += 1
        } while ContinuousClock.now < end
        limitTime(to: 0)
        last.remove()
        print("\(target.name): \(number) inputs of seed \(seed), \(mutator.seeds.count) in the corpus")
    }

    /// Has the program ended by SIGPROF when it has run for some seconds of processor time; never for 0.
    private func limitTime(to seconds: Int) {
        var timer = itimerval()
        timer.it_value.tv_sec = seconds
        setitimer(Int32(ITIMER_PROF.rawValue), &timer, nil)
    }
}

/// A rule that does not hold, or arguments that make no sense.
struct Broken: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
