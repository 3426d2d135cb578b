// swift-tools-version: 6.2
import PackageDescription

/// In CI, a warning is an error.
let settings: [SwiftSetting] =
    [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
    ] + (Context.environment["CI"] == nil ? [] : [.treatAllWarnings(as: .error)])

/// An object file to link the program with before all libraries, as `.ci/package` does.
let linkedFirst = Context.environment["ALLOCBISECT_LINKED_FIRST"].map { [LinkerSetting.unsafeFlags([$0])] }

/// What is tried thousands of times on random input, which takes minutes where it is not optimised.
let optimized = settings + [.unsafeFlags(["-O"], .when(configuration: .debug))]

/// A target of the package with the settings that all of them share.
func library(
    _ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = [], resources: [Resource] = [],
    settings: [SwiftSetting] = settings
) -> Target {
    .target(
        name: name, dependencies: dependencies, exclude: exclude, resources: resources, swiftSettings: settings)
}

func tests(
    of name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = [],
    settings: [SwiftSetting] = settings
) -> Target {
    .testTarget(
        name: name + "Tests", dependencies: [.target(name: name)] + dependencies, exclude: exclude,
        swiftSettings: settings)
}

let package = Package(
    name: "allocbisect",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "allocbisect", targets: ["allocbisect"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    ],
    targets: [
        .systemLibrary(name: "CGit2", pkgConfig: "libgit2", providers: [.apt(["libgit2-dev"]), .brew(["libgit2"])]),
        .systemLibrary(name: "CLinux"),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
        library("Bisection", settings: optimized),
        library("Benchmarks"),
        library("Inflate", ["CZlib"]),
        library("Git", ["CGit2", "Inflate"]),
        library(
            "GoToolchain",
            [
                "Benchmarks", "CLinux",
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            resources: [.embedInCode("Accesses"), .embedInCode("Probe"), .embedInCode("Shell")]),
        library(
            "Pprof", ["Inflate", .product(name: "SwiftProtobuf", package: "swift-protobuf")],
            exclude: ["profile.proto"]),
        library("MeasurementCache", ["Benchmarks", .product(name: "GRDB", package: "GRDB.swift")]),
        library("Policy", ["Benchmarks", .product(name: "Yams", package: "Yams")]),
        library("Measuring", ["Benchmarks", "Git", "GoToolchain", "MeasurementCache"]),
        library(
            "Fleet", ["Benchmarks", "Git", "GoToolchain", "MeasurementCache", "Measuring"],
            resources: [.embedInCode("Trial")]),
        library("Explaining", ["Benchmarks", "Git", "GoToolchain", "MeasurementCache", "Measuring", "Pprof"]),
        library(
            "AllocBisectCore",
            [
                "Benchmarks", "Bisection", "Explaining", "Fleet", "Git", "GoToolchain", "MeasurementCache", "Measuring",
                "Policy",
            ],
            resources: [
                .embedInCode("Checking/Files/github.yml"), .embedInCode("Checking/Files/github-comment.yml"),
                .embedInCode("Checking/Files/gitlab.yml"), .embedInCode("Checking/Files/policy.yml"),
            ]),
        library("Exchange", ["Benchmarks", "Git", "GoToolchain", "MeasurementCache", "Measuring"]),
        library(
            "Hooks", ["AllocBisectCore", "Benchmarks", "Git", "GoToolchain", "Measuring", "Policy"],
            resources: [.embedInCode("post-merge")]),
        library(
            "Demo", ["Benchmarks", "Git"],
            resources: [
                .embedInCode("book.patch"), .embedInCode("docs.patch"), .embedInCode("feed.patch"),
                .embedInCode("report.patch"),
            ]),
        library("MCP"),
        library(
            "Reports",
            ["AllocBisectCore", "Benchmarks", "Exchange", "Explaining", "Git", "Hooks", "Measuring", "Policy"],
            resources: [
                .embedInCode("Page/page.css"), .embedInCode("Page/page.js"), .embedInCode("Mail/mail.css"),
                .embedInCode("Schemas"), .embedInCode("History/grafana-dashboard.json"),
            ]),
        .executableTarget(
            name: "allocbisect",
            dependencies: [
                "AllocBisectCore", "Benchmarks", "Demo", "Exchange", "Fleet", "Git", "GoToolchain", "Hooks", "MCP",
                "Measuring", "Policy", "Reports",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            resources: [.embedInCode("Completions")], swiftSettings: settings, linkerSettings: linkedFirst),

        .target(name: "TestSupport", dependencies: ["Git"], path: "Tests/TestSupport", swiftSettings: settings),
        .executableTarget(
            name: "fuzz",
            dependencies: ["Benchmarks", "Exchange", "Git", "GoToolchain", "Policy", "Pprof", "TestSupport"],
            path: "Tests/Fuzzing", exclude: ["Corpus"], swiftSettings: settings),
        tests(of: "Bisection", ["TestSupport"], exclude: ["Noise/recorded.txt"], settings: optimized),
        tests(of: "Benchmarks", ["TestSupport"]),
        tests(of: "Git", ["TestSupport"]),
        tests(of: "GoToolchain", ["TestSupport"]),
        tests(
            of: "Pprof", ["CZlib", "TestSupport", .product(name: "SwiftProtobuf", package: "swift-protobuf")]),
        tests(of: "MeasurementCache", [.product(name: "GRDB", package: "GRDB.swift")]),
        tests(of: "Policy", ["Benchmarks"]),
        tests(of: "Measuring", ["Benchmarks"]),
        tests(of: "Explaining", ["Benchmarks", "Git"]),
        tests(of: "Fleet", ["Benchmarks", "Git", "GoToolchain", "MeasurementCache", "Measuring", "TestSupport"]),
        tests(
            of: "AllocBisectCore",
            [
                "Benchmarks", "Explaining", "Git", "GoToolchain", "MeasurementCache", "Measuring", "Policy",
                "TestSupport",
            ]),
        tests(of: "Exchange", ["Benchmarks"]),
        tests(of: "Hooks", ["Git", "TestSupport"]),
        tests(of: "Demo", ["AllocBisectCore", "Benchmarks", "Git", "Measuring", "TestSupport"]),
        tests(of: "MCP"),
        tests(
            of: "Reports",
            [
                "AllocBisectCore", "Benchmarks", "Exchange", "Explaining", "Git", "Hooks", "MCP", "MeasurementCache",
                "Measuring", "Policy", "TestSupport",
            ],
            exclude: ["Golden"]),
        .testTarget(
            name: "CommandTests",
            dependencies: [
                "TestSupport", "allocbisect",
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            exclude: ["Golden"],
            swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)
