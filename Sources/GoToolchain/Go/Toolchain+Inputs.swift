public import Benchmarks
import Foundation

extension Toolchain {
    /// The files of a tree that can decide the measurement of one package: its dependency closure inside the tree,
    /// and what names the versions of everything outside.
    ///
    /// When Go cannot say, the whole tree counts.
    public func inputs(ofPackage package: String, in root: String, options: BuildOptions) async throws -> Inputs {
        let layout = ModuleLayout(root: root)
        let directory = package == "." ? root : "\(root)/\(package)"
        let workspace = layout.workspace(of: package)
        guard FileManager.default.fileExists(atPath: directory), layout.nearest("go.mod", above: package) != nil,
            !namesOtherFiles
        else {
            return .everything
        }
        let template =
            "{{if or (not .Standard) (eq .ImportPath \"plugin\")}}{{if .Error}}error{{end}}\t{{if .CgoFiles}}cgo{{end}}\t"
            + "{{if .EmbedPatterns}}embed{{end}}{{if .TestEmbedPatterns}}embed{{end}}{{if .XTestEmbedPatterns}}embed{{end}}"
            + "\t{{.Dir}}{{end}}"
        let lines = Lines()
        let outcome = try await go(
            ["list", "-e", "-buildvcs=false", "-deps", "-test", "-f", template] + options.flags + ["."], in: directory,
            workspace: workspace, options: options, lines.append)
        guard case .exited(0) = outcome.ending else { return .everything }
        var inputs = Inputs()
        for line in lines.all where !line.isEmpty {
            let fields = line.split(separator: "\t", maxSplits: 3, omittingEmptySubsequences: false)
            guard fields.count == 4, fields[0].isEmpty else { return .everything }
            // C may include anything when it is built, and open anything when it runs, no matter where it comes from.
            if !fields[1].isEmpty { return .everything }
            guard let relative = String(fields[3]).path(below: root) else { continue }
            inputs.addPackage(relative, in: root)
            if !fields[2].isEmpty { inputs.insert(relative, in: root) }
        }
        inputs.insert(package == "." ? "default.pgo" : package + "/default.pgo", in: root)
        inputs.addModuleFiles(layout, hasWorkspace: workspace != "off")
        return inputs
    }

    /// The files that alone decide a failure to build; nil when the package's own files take part.
    ///
    /// Where Go fails before it reads any package, all it says is about modules, and go.mod and its companions decide.
    public func inputs(ofFailure failure: Failure, package: String, in root: String) -> Inputs? {
        let lines = failure.message.split(whereSeparator: \.isNewline)
        let isAboutModules = lines.allSatisfy { line in
            (line.hasPrefix("go: ") || line.hasPrefix("\t"))
                && !["package", "import", "downloading"].contains { line.contains($0) }
        }
        guard failure.concernsPackage, !lines.isEmpty, isAboutModules, !namesOtherFiles else { return nil }
        let layout = ModuleLayout(root: root)
        var inputs = Inputs()
        inputs.directories = [package == "." ? "" : package]
        inputs.addModuleFiles(layout, hasWorkspace: layout.workspace(of: package) != "off")
        inputs.directories = []
        return inputs
    }

    /// Whether GOFLAGS makes Go read files that the packages do not name.
    private var namesOtherFiles: Bool {
        let flags = settings["GOFLAGS"] ?? ""
        return ["-modfile", "-overlay", "-pgo", "-toolexec"].contains { flags.contains($0) }
    }
}

extension Inputs {
    /// Adds a package's folder with its test data, and what symbolic links among its files lead to.
    fileprivate mutating func addPackage(_ folder: String, in root: String) {
        directories.insert(folder)
        let prefix = folder.isEmpty ? "" : folder + "/"
        var places = TreePlaces(root: root)
        let resolved = places.resolve(Array("\(root)/\(folder)".utf8), from: [])
        if let end = places.parts(of: resolved.end)?.map({ String(decoding: $0, as: UTF8.self) }) {
            for link in resolved.links { places.add(link) }
            paths.formUnion(places.paths)
            directories.insert(end.joined(separator: "/"))
        }
        insert(prefix + "testdata", in: root)
        for link in SymbolicLinks.names(in: "\(root)/\(folder)") { insert(prefix + link, in: root) }
    }

    /// Adds go.mod and its companions at and above every input folder, and those that they point to.
    fileprivate mutating func addModuleFiles(_ layout: ModuleLayout, hasWorkspace: Bool) {
        var folders = Set(directories.flatMap { ModuleLayout.ancestors(of: $0) })
        var open = Array(folders)
        while let folder = open.popLast() {
            for file in ["go.mod", hasWorkspace ? "go.work" : nil].compactMap({ $0 }) {
                for next in Inputs.localFolders(in: layout.path(of: folder, file), from: folder)
                where folders.insert(next).inserted { open.append(next) }
            }
        }
        for folder in folders {
            let files = ["go.mod", "go.sum", "go.work", "go.work.sum", "vendor/modules.txt"]
            paths.formUnion(files.map { folder.isEmpty ? $0 : "\(folder)/\($0)" })
        }
    }

    /// The folders of the repository that a go.mod's `replace` names, words with a leading dot, or a go.work's `use`,
    /// which may be any word.
    private static func localFolders(in file: String, from folder: String) -> [String] {
        guard let data = FileManager.default.contents(atPath: file) else { return [] }
        let isWorkspace = file.hasSuffix("/go.work")
        let words = String(decoding: data, as: UTF8.self)
            .split { $0.isWhitespace || $0 == "\"" || $0 == "`" || $0 == "(" || $0 == ")" }
        return words.filter { $0.hasPrefix(".") || (isWorkspace && !$0.hasPrefix("/")) }.map { word in
            var parts = folder.split(separator: "/").map(String.init)
            for part in word.split(separator: "/") where part != "." {
                if part == ".." { _ = parts.popLast() } else { parts.append(String(part)) }
            }
            return parts.joined(separator: "/")
        }
    }
}

extension Inputs {
    /// Adds a path of a tree, with the symbolic links on the way and what they lead to.
    ///
    /// - Parameters:
    ///   - path: The path relative to the root; what it names need not exist.
    ///   - root: The checked-out tree.
    mutating func insert(_ path: String, in root: String) {
        var places = TreePlaces(root: root)
        places.add(Array(path.utf8), from: Array(root.utf8))
        paths.formUnion(places.paths)
    }
}

/// Places of a tree, by the names that lead to them.
struct TreePlaces {
    /// Paths relative to the root.
    private(set) var paths: Set<String> = []
    private var resolver = NameResolver()
    private let root: [NameResolver.Name]

    /// No places of a tree.
    init(root: String) {
        self.root = NameResolver.parts(resolver.resolve(Array(root.utf8), from: []).end)
    }

    /// Adds where a name leads, with the links on the way and the folders that it left again.
    ///
    /// - Returns: Where it leads.
    @discardableResult
    mutating func add(_ name: NameResolver.Name, from folder: NameResolver.Name) -> NameResolver.Name {
        let resolved = resolve(name, from: folder)
        for place in resolved.links + [resolved.end] { add(place) }
        return resolved.end
    }

    /// Follows a name, and adds nothing.
    mutating func resolve(_ name: NameResolver.Name, from folder: NameResolver.Name) -> NameResolver.Resolved {
        resolver.resolve(name, from: folder)
    }

    /// Adds a place, unless it is elsewhere. A name that is not text counts with the folder that it is in.
    mutating func add(_ place: NameResolver.Name) {
        guard let parts = parts(of: place) else { return }
        let text = parts.map { String(validating: $0, as: UTF8.self) }
        paths.insert(text.prefix { $0 != nil }.compactMap { $0 }.joined(separator: "/"))
    }

    /// The parts of a place's path below the root, empty for the root itself; nil when it lies elsewhere.
    func parts(of place: NameResolver.Name) -> [NameResolver.Name]? {
        let parts = NameResolver.parts(place)
        return parts.starts(with: root) ? Array(parts.dropFirst(root.count)) : nil
    }

    /// Whether a place is one of the folders that the root is in, or lies beside the root among our own files.
    func isAroundRoot(_ place: NameResolver.Name) -> Bool {
        let parts = NameResolver.parts(place)
        return root.starts(with: parts) || parts.starts(with: root.dropLast(2))
    }
}
