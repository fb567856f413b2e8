/** The server of the synthetic year, and its owner; addresses are of documentation ranges (RFC 5737). */
export const hostName = 'host1.example';
export const serverAddress = '198.51.100.5';
export const owner = 'taro';
export const ownerAddress = '203.0.113.10';
