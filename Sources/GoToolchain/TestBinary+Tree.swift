extension TestBinary {
    /// The same binary, to run in another checkout of the same commit.
    public func running(in root: String) -> TestBinary {
        TestBinary(path: path, package: package, root: root, toolchain: toolchain, hasProbe: hasProbe)
    }
}
