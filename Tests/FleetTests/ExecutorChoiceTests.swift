import Measuring
import Testing

@testable import Fleet

@Suite("Who measures instead of this machine")
struct ExecutorChoiceTests {
    @Test(
        "is read as it is written",
        arguments: [
            ("ssh:a", ExecutorChoice.ssh([.init(name: "a", width: 1)])),
            ("ssh:me@a,b*4", .ssh([.init(name: "me@a", width: 1), .init(name: "b", width: 4)])),
            ("slurm", .slurm(partition: nil)), ("slurm:fast", .slurm(partition: "fast")),
            ("exec:on-farm allocbisect worker {job}", .command("on-farm allocbisect worker {job}")),
        ])
    func valid(_ text: String, _ choice: ExecutorChoice) throws { #expect(try ExecutorChoice(text) == choice) }

    @Test(
        "is refused when it is none",
        arguments: [
            "", "ssh", "ssh:", "ssh:a,", "ssh:a*0", "ssh:a*x", "ssh:a*2*2", "ssh:a,a", "ssh:-oProxyCommand=x",
            "ssh:a b",
            "slurm:a b", "exec:true", "exec:", "kubernetes", "host",
        ])
    func refused(_ text: String) { #expect(throws: CoreError.self) { try ExecutorChoice(text) } }
}
