export declare function percentile(samples: readonly number[], part: number): number;
