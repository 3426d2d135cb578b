import Testing

@testable import AllocBisectCore
@testable import Reports

@Suite("What is reported of the files for checks is what its golden files say")
struct InitGoldenTests {
    @Test(
        "for every forge, whether they were there or not",
        arguments: [CheckFile.Runner.gitHub, .gitLab, nil], ["new", "there"])
    func report(runner: CheckFile.Runner?, state: String) throws {
        let paths = [".allocbisect.yml"] + (runner == .gitLab ? [CheckFile.gitLabJob, CheckFile.gitLab] : ["a.yml"])
        let files = paths.map { CheckFile(path: $0, isWritten: state == "new") }
        let name = runner.map { "\($0)" } ?? "none"
        try expectGolden(InitText.text(of: files, for: runner), "init-\(name)-\(state).txt")
    }
}
