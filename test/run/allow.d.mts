import type { BrowserContext, Page } from '@playwright/test';

export function grantBefore(context: BrowserContext, id: string, origin: string): Promise<void>;
export function openSettings(context: BrowserContext, id: string): Promise<Page>;
export function connectExtension(context: BrowserContext, id: string, origin: string): Promise<void>;
export function allowSite(context: BrowserContext, id: string, origin: string): Promise<void>;
export function approveExtension(page: Page, origin: string, id: string): Promise<void>;
