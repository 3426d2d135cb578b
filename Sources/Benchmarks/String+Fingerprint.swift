extension String {
    /// A number for the text that is the same on every machine, as hexadecimal: FNV-1a, 64 bits.
    ///
    /// Source: the IETF draft "The FNV Non-Cryptographic Hash Algorithm".
    public var fingerprint: String {
        let hash = utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
        return String(hash, radix: 16)
    }
}
