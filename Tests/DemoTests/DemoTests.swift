import AllocBisectCore
import Benchmarks
import Demo
import Foundation
import Git
import Measuring
import TestSupport
import Testing

@Suite("The demo's repository")
struct DemoTests {
    @Test func historyHasWhatIsPromised() throws {
        let folder = try DemoFolder()
        let repository = try Repository(discovering: folder.demo.path)
        let nodes = try repository.walk(from: try repository.resolve("main"))
        #expect(nodes.count == folder.demo.commits.count)
        let range = try repository.resolve(try RevisionRange(folder.demo.range))
        #expect(range.mergeBase == nil)
        #expect(range.commits.count >= 60)
        #expect(range.commits.count { $0.parents.count == 2 } >= 3)
        let code = TreeSelection(paths: ["book", "feed", "report", "go.mod"])
        let documentation = try range.commits.filter { node in
            guard node.parents.count == 1 else { return false }
            return Set(try repository.digests(of: node.parents + [node.id], over: code)).count == 1
        }
        #expect(documentation.count >= 10)
    }

    /// The documentation shows ids of this history: a change of it needs a new look there.
    @Test func idsAreTheSameEachTime() throws {
        let (first, second) = (try DemoFolder(), try DemoFolder())
        #expect(first.demo.commits == second.demo.commits)
        #expect(first.demo.faults == second.demo.faults)
        #expect(first.demo.commits.last?.description == "103a44ec0bab0bdb16b583c8f45a716d36deadee")
    }

    @Test func faultsAreSeeded() throws {
        let folder = try DemoFolder()
        #expect(folder.demo.faults.map(\.metric) == [.retainedObjects, .goroutines, .allocations])
        let repository = try Repository(discovering: folder.demo.path)
        for fault in folder.demo.faults { #expect(try repository.commit(fault.commit).subject == fault.subject) }
        let chain = try repository.walk(from: try repository.resolve("main"), firstParent: true).map(\.id)
        #expect(folder.demo.faults.map { chain.contains($0.commit) } == [true, false, true])
    }

    @Test func workTreeIsCheckedOut() throws {
        let folder = try DemoFolder()
        let module = try String(contentsOfFile: folder.demo.path + "/go.mod", encoding: .utf8)
        #expect(module == "module example.com/demo\n\ngo 1.19\n")
    }

    @Test func onlyAnEmptyFolderIsTaken() throws {
        let folder = try DemoFolder()
        #expect(throws: DemoError.self) { try DemoRepository(at: folder.demo.path) }
        #expect(throws: DemoError.self) { try DemoRepository(at: folder.demo.path + "/go.mod") }
    }

    @Test func isSolvedByTheSeededCommitsAlone() throws {
        let demo = try DemoFolder().demo
        let culprits = demo.faults.map {
            DemoRepository.Culprit($0.commit, $0.metric, package: $0.package, benchmark: $0.benchmark)
        }
        #expect(demo.isSolved(by: culprits))
        #expect(!demo.isSolved(by: culprits.dropLast()))
        let other = DemoRepository.Culprit(demo.commits[0], .bytes, package: "p", benchmark: "b")
        #expect(!demo.isSolved(by: culprits + [other]))
    }

    @Test(.tags(.go), arguments: GoCommands.all)
    func onlyThePocketDoesNotCompile(go: String) async throws {
        let folder = try DemoFolder()
        #expect(try await folder.failures(at: "main", go: go).isEmpty)
        #expect(try await folder.failures(at: "v1.0.0", go: go).isEmpty)
        let subjects = ["book: call the quantity of an order its size", "book: say what a size is counted in"]
        for subject in subjects {
            let failures = try await folder.failures(at: try #require(try folder.commit(subject)).description, go: go)
            #expect(!failures.isEmpty && failures.allSatisfy { $0.reason == .build })
        }
        let end = try #require(try folder.commit("book: use sizes in levels")).description
        #expect(try await folder.failures(at: end, go: go).isEmpty)
    }

    @Test(.tags(.go), arguments: GoCommands.all)
    func exactlyTheSeededCommitsAreFound(go: String) async throws {
        let folder = try DemoFolder()
        var request = SearchRequest(
            range: try RevisionRange(folder.demo.range), thresholds: try ThresholdRules([]))
        request.measuring.go = go
        request.measuring.jobs = 2
        let verdict = try await folder.engine.find(request)
        let answers = verdict.series.map { series in
            "\(series.benchmark) \(series.metric) \(series.outcome) \(series.culprits.map { $0.commit.subject })"
        }
        let culprits = verdict.series.flatMap { series in
            series.culprits.map { culprit in
                DemoRepository.Culprit(
                    culprit.commit.id, series.metric, package: series.package, benchmark: series.benchmark)
            }
        }
        #expect(folder.demo.isSolved(by: culprits), "\(answers.joined(separator: "\n"))\n\(verdict.warnings)")
        #expect(verdict.series.flatMap(\.culprits).allSatisfy { $0.confirmed })
        #expect(verdict.series.allSatisfy { $0.outcome == .found || $0.outcome == .notCrossed })
        #expect(verdict.measured <= 20)
    }
}
